package io.muster.child;

import io.muster.ipc.codec.ObjectCodec;
import io.muster.remote.RemoteCallable;
import io.muster.remote.RemoteRunnable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.concurrent.Callable;

/** Decodes targets. Each kind is a class of its own behind an interface, so that only the one that is needed is loaded. */
final class Runners {
    private Runners() {}

    /** Decodes: whatever is thrown here means that the child cannot start. */
    static Runner of(Target target, ChildContext context, ClassLoader loader) throws Exception {
        switch (target.kind()) {
            case Target.LAMBDA:
                return new Lambda(decode(target.payload(), loader));
            case Target.MAIN:
                return new Main(mainMethod(Class.forName(target.className(), true, loader)), target.arguments());
            case Target.ENTRY:
                Object entry = Class.forName(target.className(), true, loader)
                        .getConstructor()
                        .newInstance();
                return new Entry((ChildEntry) entry, context, target.payload());
            default:
                throw new IllegalStateException("target of unknown kind " + target.kind());
        }
    }

    private static Object decode(byte[] encoded, ClassLoader loader) {
        return ObjectCodec.builder()
                .classLoader(loader)
                .build()
                .decodeToRunOnce(encoded, RemoteRunnable.class, RemoteCallable.class);
    }

    private static Method mainMethod(Class<?> type) throws NoSuchMethodException {
        Method main = type.getMethod("main", String[].class);
        if (!Modifier.isStatic(main.getModifiers())) {
            throw new NoSuchMethodException("main(String[]) of " + type.getName() + " is not static");
        }
        main.setAccessible(true);
        return main;
    }

    private static final class Lambda implements Runner {
        private Object target;

        Lambda(Object target) {
            this.target = target;
        }

        @Override
        public int run() throws Exception {
            Object once = target;
            target = null;
            if (once instanceof RemoteRunnable) {
                ((RemoteRunnable) once).execute();
            } else if (once instanceof Callable) {
                ((Callable<?>) once).call();
            } else {
                ((Runnable) once).run();
            }
            return 0;
        }
    }

    private static final class Main implements Runner {
        private final Method main;
        private final String[] arguments;

        Main(Method main, String[] arguments) {
            this.main = main;
            this.arguments = arguments;
        }

        @Override
        public int run() throws Throwable {
            try {
                main.invoke(null, (Object) arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
            return 0;
        }
    }

    private static final class Entry implements Runner {
        private final ChildEntry entry;
        private final ChildContext context;
        private final byte[] argument;

        Entry(ChildEntry entry, ChildContext context, byte[] argument) {
            this.entry = entry;
            this.context = context;
            this.argument = argument;
        }

        @Override
        public int run() throws Exception {
            return entry.run(context, argument);
        }
    }
}
