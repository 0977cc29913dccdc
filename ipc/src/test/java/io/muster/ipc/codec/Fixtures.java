package io.muster.ipc.codec;

import java.io.Serializable;

/** Types of a user that tests send. */
final class Fixtures {
    private Fixtures() {}

    record Task(int id, String name, double[] weights) {}

    record Everything(
            boolean flag, byte b, short s, char c, int i, long l, float f, double d, String text, Object any) {}

    record Point(int x, int y) {}

    record Empty() {}

    record Node(int value, Node next) {}

    record Holder(Object held) {}

    record Positive(int value) {
        Positive {
            if (value <= 0) {
                throw new IllegalArgumentException("not positive: " + value);
            }
        }
    }

    /** Replaces itself, so its components are not the whole story. */
    record Replaced(String text) implements Serializable {
        private Object writeReplace() {
            return new Replacement(text);
        }
    }

    record Replacement(String text) implements Serializable {
        private Object readResolve() {
            return new Replaced(text + "!");
        }
    }

    enum Plain {
        ONE,
        TWO
    }

    enum WithBodies {
        ADD {
            @Override
            int apply(int a, int b) {
                return a + b;
            }
        },
        MULTIPLY {
            @Override
            int apply(int a, int b) {
                return a * b;
            }
        };

        abstract int apply(int a, int b);
    }

    /** A class as most are: Serializable, mutable, with references. */
    static class Person implements Serializable {
        private static final long serialVersionUID = 1L;

        final String name;
        Person friend;

        Person(String name) {
            this.name = name;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Person that && name.equals(that.name);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }

    /** What cannot travel. */
    static class Socket {
        final int port;

        Socket(int port) {
            this.port = port;
        }
    }

    /** Claims that it can travel and cannot. */
    @SuppressWarnings("serial")
    static class Server implements Serializable {
        private static final long serialVersionUID = 1L;

        final String name = "s";
        final Socket socket = new Socket(80);
    }
}
