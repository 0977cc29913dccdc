package io.muster.child;

/**
 * What a child runs, in the form in which it travels.
 *
 * @param kind {@link #LAMBDA}, {@link #MAIN} or {@link #ENTRY}
 * @param className main class or entry class; empty for a lambda
 * @param arguments arguments of a main class
 * @param payload the encoded lambda, or the argument of an entry
 */
public record Target(byte kind, String className, String[] arguments, byte[] payload) {
    /** A {@code RemoteRunnable} or {@code RemoteCallable}, encoded. */
    public static final byte LAMBDA = 1;

    /** A class with {@code public static void main(String[])}. */
    public static final byte MAIN = 2;

    /** A {@link ChildEntry}. */
    public static final byte ENTRY = 3;

    private static final String[] NONE = {};

    /** An encoded lambda. */
    public static Target lambda(byte[] encoded) {
        return new Target(LAMBDA, "", NONE, encoded);
    }

    /** A main class and its arguments. */
    public static Target main(String className, String... arguments) {
        return new Target(MAIN, className, arguments, new byte[0]);
    }

    /** An entry class of this library and its argument. */
    public static Target entry(String className, byte[] argument) {
        return new Target(ENTRY, className, NONE, argument);
    }

    /** About how many bytes the arguments take. */
    public long argumentBytes() {
        long sum = 0;
        for (String argument : arguments) {
            sum += 4L * argument.length() + 4;
        }
        return sum;
    }

    void write(Bytes out) {
        out.putByte(kind);
        out.putString(className);
        out.putStrings(arguments);
        out.putBytes(payload);
    }

    static Target read(Bytes in) {
        return new Target(in.getByte(), in.getString(), in.getStrings(), in.getBytes());
    }
}
