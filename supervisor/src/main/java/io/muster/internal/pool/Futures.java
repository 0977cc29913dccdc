package io.muster.internal.pool;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** What {@link CompletableFuture} of 17 does not say shortly. */
final class Futures {
    private Futures() {}

    /** What a future that completed exceptionally completed with. */
    static Throwable thrownBy(CompletableFuture<?> future) {
        try {
            future.getNow(null);
            throw new IllegalStateException("the future did not fail: " + future);
        } catch (CompletionException e) {
            return e.getCause();
        } catch (CancellationException e) {
            return e;
        }
    }
}
