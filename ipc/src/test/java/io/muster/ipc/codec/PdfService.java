package io.muster.ipc.codec;

import java.io.Serializable;
import java.util.function.Supplier;

/** A class of a user in which things go wrong. Line numbers matter here: RefusalTest names them. */
final class PdfService {
    interface Task<T> extends Supplier<T>, Serializable {}

    private final Fixtures.Socket parser = new Fixtures.Socket(1);

    Task<Integer> usesField() {
        return () -> parser.port;
    }

    Task<Integer> callsMethod() {
        return () -> helper(1);
    }

    int helper(int x) {
        return x;
    }

    int noArguments() {
        return 1;
    }

    Task<Integer> boundToThis() {
        return this::noArguments;
    }

    Task<Integer> capturesVariable() {
        long before = System.nanoTime();
        Fixtures.Socket connection = parser;
        return () -> (int) before + connection.port;
    }

    Task<Integer> capturesHolder() {
        Fixtures.Server server = new Fixtures.Server();
        return () -> server.socket.port;
    }

    Task<Integer> capturesLambda() {
        Task<Integer> inner = usesField();
        return () -> inner.get();
    }

    Runnable plainRunnable() {
        return () -> System.out.println("runs");
    }

    Task<Integer> anonymous() {
        return new Task<>() {
            private static final long serialVersionUID = 1L;

            @Override
            public Integer get() {
                return parser.port;
            }
        };
    }
}
