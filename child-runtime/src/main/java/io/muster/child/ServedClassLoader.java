package io.muster.child;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;

/**
 * Loads classes whose bytes only the parent process has: those of {@code java Foo.java}, of JShell, of class loaders that
 * cannot be written as a path. Looks into its parent loader first, then asks the class server of the parent process.
 *
 * <p>Thread-safe and parallel capable. If the parent process has died, a class that was not loaded before is a {@link
 * ClassNotFoundException} at once. Classes have no code source; the addresses of resources can only be opened in this
 * JVM. Nothing is asked twice for a class that was found; what was not found is asked again, as the parent may have it
 * later.
 */
public final class ServedClassLoader extends ClassLoader {
    private final ClassClient client;

    static {
        registerAsParallelCapable();
    }

    /** For the child's main, which in this way loads this class only if it is needed. */
    static ClassLoader of(ClassLoader parent, String encodedAddress) {
        return new ServedClassLoader(parent, ClassServerAddress.decode(encodedAddress));
    }

    /**
     * A loader that looks in {@code parent} first and asks the parent process for the rest.
     *
     * @param parent usually the system class loader
     * @param server where to ask; nothing is connected before the first class is missing
     */
    public ServedClassLoader(ClassLoader parent, ClassServerAddress server) {
        super("served", parent);
        this.client = new ClassClient(Objects.requireNonNull(server, "server"));
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes;
        try {
            bytes = client.ask(ClassProtocol.CLASS, name);
        } catch (ClassClient.ServedFailure e) {
            throw new ClassNotFoundException(name + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new ClassNotFoundException(
                    name
                            + ": it is on no class path of this process, and the parent process, which served such classes,"
                            + " does not answer",
                    e);
        }
        if (bytes == null) {
            throw new ClassNotFoundException(
                    name + ": neither on a class path of this process nor in the parent process");
        }
        return defineClass(name, bytes, 0, bytes.length);
    }

    @Override
    protected URL findResource(String name) {
        try {
            byte[] bytes = client.ask(ClassProtocol.RESOURCE, name);
            return bytes == null ? null : address(name, bytes);
        } catch (IOException e) {
            // The contract knows no failure here, only absence.
            return null;
        }
    }

    @Override
    protected Enumeration<URL> findResources(String name) throws IOException {
        List<URL> found = new ArrayList<>();
        for (byte[] bytes : client.askAll(name)) {
            found.add(address(name, bytes));
        }
        return Collections.enumeration(found);
    }

    private static URL address(String name, byte[] bytes) {
        try {
            return new URL(null, "served:/" + name, new Bytes(bytes));
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens the bytes it holds. */
    private static final class Bytes extends URLStreamHandler {
        private final byte[] bytes;

        Bytes(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        protected URLConnection openConnection(URL url) {
            return new URLConnection(url) {
                @Override
                public void connect() {
                    connected = true;
                }

                @Override
                public InputStream getInputStream() {
                    return new ByteArrayInputStream(bytes);
                }

                @Override
                public long getContentLengthLong() {
                    return bytes.length;
                }
            };
        }
    }
}
