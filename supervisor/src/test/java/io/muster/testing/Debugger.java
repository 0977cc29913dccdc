package io.muster.testing;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A debugger, as an IDE has one. What it is attached to goes on when it is closed. */
public final class Debugger implements AutoCloseable {
    private static final String LISTENING = "for transport dt_socket at address: ";
    private static final String HANDSHAKE = "JDWP-Handshake";
    private static final int PATIENCE_MILLIS = 20_000;

    private final VirtualMachine vm;

    private Debugger(VirtualMachine vm) {
        this.vm = vm;
    }

    /** Waits for the line in which the JDK says where it listens; the port. */
    public static int awaitPort(Lines lines) {
        String line = lines.await("Listening");
        if (!line.startsWith(LISTENING)) {
            throw new AssertionError(line);
        }
        return Integer.parseInt(line.substring(LISTENING.length()).trim());
    }

    /** Says the first words of the protocol; what the other side answers. The connection ends with that. */
    public static String handshake(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(HANDSHAKE.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readNBytes(HANDSHAKE.length()), StandardCharsets.US_ASCII);
        }
    }

    /** Attaches to the JVM that listens there. */
    public static Debugger attach(int port) throws IOException {
        for (AttachingConnector connector : Bootstrap.virtualMachineManager().attachingConnectors()) {
            if (connector.name().equals("com.sun.jdi.SocketAttach")) {
                Map<String, Connector.Argument> arguments = connector.defaultArguments();
                arguments.get("hostname").setValue("127.0.0.1");
                arguments.get("port").setValue(Integer.toString(port));
                try {
                    return new Debugger(connector.attach(arguments));
                } catch (IllegalConnectorArgumentsException e) {
                    throw new AssertionError(e);
                }
            }
        }
        throw new AssertionError("this JDK has no debugger's connector");
    }

    /** True if no thread of the program moves. */
    public boolean isHeld() {
        return vm.allThreads().stream().allMatch(ThreadReference::isSuspended);
    }

    /** Whether the JVM has loaded that class. */
    public boolean hasLoaded(Class<?> type) {
        return !vm.classesByName(type.getName()).isEmpty();
    }

    /** Halts the program, as at a breakpoint. */
    public void hold() {
        vm.suspend();
    }

    /** Lets the program go on. */
    public void resume() {
        vm.resume();
    }

    @Override
    public void close() {
        try {
            vm.dispose();
        } catch (VMDisconnectedException e) {
            // It has ended.
        }
    }
}
