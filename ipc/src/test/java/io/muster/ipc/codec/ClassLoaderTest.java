package io.muster.ipc.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.codec.DecodeException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ClassLoaderTest {
    /** Defines the plugin's classes itself, from the same bytes. */
    private static final class PluginLoader extends ClassLoader {
        PluginLoader() {
            super(ClassLoaderTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(Plugin.class.getName())) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }

        @SuppressWarnings("unchecked")
        List<Object> objects() {
            try {
                return ((Supplier<List<Object>>) loadClass(Plugin.class.getName())
                                .getDeclaredConstructor()
                                .newInstance())
                        .get();
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void theGivenLoaderFindsTheClasses() {
        PluginLoader loader = new PluginLoader();
        ObjectCodec codec = ObjectCodec.builder().classLoader(loader).build();
        for (Object value : loader.objects()) {
            Object back = codec.decode(codec.encode(value));
            assertSame(loaderOf(value), loaderOf(back), () -> "of " + value);
        }
    }

    @Test
    void theContextLoaderIsUsedWhereNoneWasGiven() {
        PluginLoader first = new PluginLoader();
        PluginLoader second = new PluginLoader();
        ObjectCodec codec = ObjectCodec.standard();
        for (Object value : first.objects()) {
            byte[] bytes = codec.encode(value);
            for (int i = 0; i < 3; i++) {
                assertSame(first, loaderOf(in(first, () -> codec.decode(bytes))));
                assertSame(second, loaderOf(in(second, () -> codec.decode(bytes))));
                assertNotSame(first, loaderOf(in(null, () -> codec.decode(bytes))), "falls back to the own loader");
            }
        }
    }

    private static ClassLoader loaderOf(Object value) {
        Class<?> type = value instanceof Class<?> itself ? itself : value.getClass();
        return type.isArray() ? type.getComponentType().getClassLoader() : type.getClassLoader();
    }

    private static Object in(ClassLoader loader, Supplier<Object> action) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return action.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void aClassThatIsNotHereIsNamed() {
        byte[] bytes = ObjectCodec.standard().encode(new Fixtures.Point(1, 2));
        for (int i = 0; i < bytes.length - 5; i++) {
            if (bytes[i] == 'P' && bytes[i + 1] == 'o') {
                bytes[i + 1] = 'u';
            }
        }
        ObjectCodec codec = ObjectCodec.builder()
                .classLoader(ClassLoader.getPlatformClassLoader())
                .build();
        DecodeException e = assertThrows(DecodeException.class, () -> codec.decode(bytes));
        assertEquals(Reason.CLASS_MISSING, e.reason());
        assertTrue(
                e.getMessage().startsWith("the class io.muster.ipc.codec.Fixtures$Puint cannot be loaded by "),
                e.getMessage());
    }

    @Test
    void nothingHoldsALoaderOfTheUser() throws InterruptedException {
        WeakReference<ClassLoader> loader = useAndForget();
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (loader.get() != null && System.nanoTime() < deadline) {
            System.gc();
            Thread.onSpinWait();
        }
        assertNull(loader.get(), "the class loader is still held");
    }

    private static WeakReference<ClassLoader> useAndForget() throws InterruptedException {
        WeakReference<?>[] result = new WeakReference<?>[1];
        Thread user = new Thread(() -> {
            PluginLoader loader = new PluginLoader();
            ObjectCodec codec = ObjectCodec.standard();
            for (int i = 0; i < 100; i++) {
                for (Object value : loader.objects()) {
                    in(loader, () -> codec.decode(codec.encode(value)));
                }
            }
            result[0] = new WeakReference<ClassLoader>(loader);
        });
        user.start();
        user.join();
        @SuppressWarnings("unchecked")
        WeakReference<ClassLoader> loader = (WeakReference<ClassLoader>) result[0];
        return loader;
    }
}
