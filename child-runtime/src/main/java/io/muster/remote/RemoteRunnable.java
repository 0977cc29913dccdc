package io.muster.remote;

import java.io.Serializable;
import java.util.concurrent.CompletionException;

/**
 * A task without a result that can travel to another process and may throw any exception.
 *
 * <p>It is a {@link Runnable}, so that overload resolution prefers it where both are accepted, as in
 * {@code pool.submit(() -> work())}; what a lambda implements is {@link #execute()}.
 */
@FunctionalInterface
public interface RemoteRunnable extends Runnable, Serializable {
    /**
     * Does the work, in the process it was sent to.
     *
     * @throws Exception whatever the work throws; how it is reported is up to whoever runs the task
     */
    void execute() throws Exception;

    /**
     * The same for those who know a {@link Runnable} only.
     *
     * @throws CompletionException around a checked exception
     */
    @Override
    default void run() {
        try {
            execute();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }
}
