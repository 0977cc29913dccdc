package io.muster.ipc.codec;

/**
 * Numbers for lambda definitions that both sides already know, so that a task carries four bytes and not a few hundred.
 * Without one, definitions travel inline.
 *
 * <p>Thread-safety: asked by many threads at once, on the hot path.
 */
public interface LambdaDictionary {
    /**
     * Returns the number of a definition, making it known to the readers first if need be.
     *
     * @return the number, 0 or more; -1 if there is none: the definition is then written inline
     */
    int idOf(LambdaShape shape);

    /**
     * Returns the definition with this number.
     *
     * @return the definition; null if the number is unknown: the reader then fails with a {@link DecodeException}
     */
    LambdaShape shapeOf(int id);
}
