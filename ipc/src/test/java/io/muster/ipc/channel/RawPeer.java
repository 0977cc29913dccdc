package io.muster.ipc.channel;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;

/** A client that says what it likes. Over TCP, as its sockets have blocking streams with time-outs. */
final class RawPeer implements AutoCloseable {
    private final Socket socket = new Socket();

    RawPeer(SocketAddress address) throws IOException {
        socket.connect((InetSocketAddress) address);
        socket.setSoTimeout(60_000);
        socket.setTcpNoDelay(true);
    }

    RawPeer say(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** @throws java.io.EOFException if there are not that many */
    byte[] hear(int count) throws IOException {
        byte[] heard = new byte[count];
        new DataInputStream(socket.getInputStream()).readFully(heard);
        return heard;
    }

    /** Waits until the other side closes, whatever it says before. */
    boolean isTurnedAway() throws IOException {
        InputStream in = socket.getInputStream();
        try {
            while (in.read() >= 0) {
                continue;
            }
            return true;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
