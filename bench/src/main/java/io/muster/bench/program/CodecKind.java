package io.muster.bench.program;

import io.muster.remote.RemoteCallable;
import io.muster.remote.RemoteFunction;
import java.util.ArrayList;
import java.util.List;

/** What is turned into bytes and back. */
public enum CodecKind {
    INTEGER("an Integer") {
        @Override
        Object example() {
            return 1_234_567;
        }
    },
    STRING("a String of 16 letters") {
        @Override
        Object example() {
            return "sixteen letters.";
        }
    },
    INTEGERS("a list of 10,000 Integers") {
        @Override
        Object example() {
            List<Integer> list = new ArrayList<>();
            for (int i = 0; i < 10_000; i++) {
                list.add(i);
            }
            return list;
        }
    },
    METHOD_REFERENCE("a method reference") {
        @Override
        Object example() {
            RemoteFunction<Integer, Integer> function = PoolProgram::same;
            return function;
        }
    },
    CAPTURING_LAMBDA("a lambda that captures an int") {
        @Override
        Object example() {
            int captured = 1_234_567;
            RemoteCallable<Integer> callable = () -> captured;
            return callable;
        }
    },
    RECORD("a record of an int, a long and a String") {
        @Override
        Object example() {
            return Parcel.EXAMPLE;
        }
    };

    private final String title;

    CodecKind(String title) {
        this.title = title;
    }

    /** For people. */
    public String title() {
        return title;
    }

    abstract Object example();
}
