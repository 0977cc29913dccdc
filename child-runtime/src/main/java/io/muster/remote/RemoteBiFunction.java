package io.muster.remote;

import java.io.Serializable;

/**
 * A function of two arguments that can travel to another process and may throw any exception.
 *
 * @param <A> type of the first argument
 * @param <B> type of the second argument
 * @param <R> type of the result
 */
@FunctionalInterface
public interface RemoteBiFunction<A, B, R> extends Serializable {
    /**
     * Computes the result, in the process the function was sent to.
     *
     * @param first a copy of the caller's first argument
     * @param second a copy of the caller's second argument
     * @return the result; a copy of it travels back
     * @throws Exception whatever the computation throws
     */
    R apply(A first, B second) throws Exception;
}
