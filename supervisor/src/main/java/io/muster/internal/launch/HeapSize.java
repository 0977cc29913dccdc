package io.muster.internal.launch;

/** A number of bytes as the JVM's flags write it. */
public final class HeapSize {
    private static final long LEAST = 2L << 20;

    private HeapSize() {}

    /**
     * Reads a size as {@code -Xmx} takes it.
     *
     * @throws IllegalArgumentException if it is none, or less than a JVM needs
     */
    public static long parse(String size) {
        String digits = size.trim();
        int shift = 0;
        if (!digits.isEmpty()) {
            int unit = "kmgt".indexOf(Character.toLowerCase(digits.charAt(digits.length() - 1)));
            if (unit >= 0) {
                shift = 10 * (unit + 1);
                digits = digits.substring(0, digits.length() - 1);
            }
        }
        long bytes;
        try {
            bytes = Math.multiplyExact(Long.parseLong(digits), 1L << shift);
        } catch (NumberFormatException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    "heap size '" + size + "' is not a number with k, m or g behind it, as in \"256m\"", e);
        }
        if (bytes < LEAST) {
            throw new IllegalArgumentException(
                    "heap size '" + size + "' is " + bytes + " bytes, a JVM needs at least 2m");
        }
        return bytes;
    }
}
