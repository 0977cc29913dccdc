package io.muster.internal.inherit;

/** The source of a launcher as jars with jars in them have it: a class loader that reads nested jars by URLs of its own. */
final class FatLauncher {
    private FatLauncher() {}

    /** @param root how an address inside the outer jar begins, with {@code %s} for its path */
    static String source(String root) {
        return """
                import java.io.*;
                import java.net.*;
                import java.util.*;
                import java.util.zip.*;

                public class FatMain {
                    static final String ROOT = "%s".formatted(new File(System.getProperty("java.class.path")).getAbsolutePath());

                    public static void main(String[] args) throws Exception {
                        List<URL> urls = new ArrayList<>();
                        urls.add(url(ROOT + "BOOT-INF/classes" + (ROOT.endsWith("/!") ? "/!/" : "!/")));
                        try (ZipFile outer = new ZipFile(System.getProperty("java.class.path"))) {
                            for (ZipEntry entry : Collections.list(outer.entries())) {
                                if (entry.getName().endsWith(".jar")) urls.add(url(ROOT + entry.getName() + "!/"));
                            }
                        }
                        ClassLoader loader = new Nested(urls.toArray(new URL[0]));
                        Thread.currentThread().setContextClassLoader(loader);
                        Class.forName("Reach", true, loader).getMethod("main", String[].class).invoke(null, (Object) args);
                    }

                    static URL url(String text) throws IOException {
                        return new URL(null, text, new Handler());
                    }

                    static class Nested extends URLClassLoader {
                        Nested(URL[] urls) {
                            super(urls, FatMain.class.getClassLoader());
                        }
                    }

                    static class Handler extends URLStreamHandler {
                        protected URLConnection openConnection(URL url) throws IOException {
                            byte[] bytes = find(url.toString().substring(ROOT.length()));
                            if (bytes == null) throw new FileNotFoundException(url.toString());
                            return new URLConnection(url) {
                                public void connect() {}

                                public InputStream getInputStream() {
                                    return new ByteArrayInputStream(bytes);
                                }
                            };
                        }

                        protected void parseURL(URL url, String spec, int start, int limit) {
                            String path = spec.startsWith("jar:") ? spec.substring(4) : url.getPath() + spec;
                            setURL(url, "jar", "", -1, null, null, path, null, null);
                        }

                        static byte[] find(String inside) throws IOException {
                            int end = inside.indexOf("!/");
                            String entry = inside.substring(0, end);
                            String name = inside.substring(end + 2);
                            try (ZipFile outer = new ZipFile(System.getProperty("java.class.path"))) {
                                if (!entry.endsWith(".jar")) {
                                    String directory = entry.endsWith("/") ? entry : entry + "/";
                                    ZipEntry found = outer.getEntry(directory + name);
                                    return found == null ? null : outer.getInputStream(found).readAllBytes();
                                }
                                ZipInputStream inner = new ZipInputStream(outer.getInputStream(outer.getEntry(entry)));
                                for (ZipEntry e = inner.getNextEntry(); e != null; e = inner.getNextEntry()) {
                                    if (e.getName().equals(name)) return inner.readAllBytes();
                                }
                                return null;
                            }
                        }
                    }
                }
                """.replace("%s\".formatted", root + "\".formatted");
    }
}
