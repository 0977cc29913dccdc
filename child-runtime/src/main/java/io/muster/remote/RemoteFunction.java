package io.muster.remote;

import java.io.Serializable;

/**
 * A function of one argument that can travel to another process and may throw any exception.
 *
 * @param <A> type of the argument
 * @param <R> type of the result
 */
@FunctionalInterface
public interface RemoteFunction<A, R> extends Serializable {
    /**
     * Computes the result, in the process the function was sent to.
     *
     * @param argument a copy of what the caller passed
     * @return the result; a copy of it travels back
     * @throws Exception whatever the computation throws
     */
    R apply(A argument) throws Exception;
}
