package io.muster;

import io.muster.child.ChildContext;
import io.muster.child.ParentLink;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The process that started this one, seen from the child. Its end is noticed some milliseconds after it, in any case
 * within a second; a child that was not started with {@link ChildBuilder#survivesParent} halts then.
 */
public final class ParentProcess {
    private final ParentLink link;

    private ParentProcess(ParentLink link) {
        this.link = link;
    }

    static Optional<ParentProcess> get() {
        ChildContext context = ChildContext.current();
        return context == null ? Optional.empty() : Optional.of(new ParentProcess(context.parent()));
    }

    /** The parent's name; {@code main} for the root. */
    public String name() {
        return link.name();
    }

    /** The parent's process id. */
    public long pid() {
        return link.pid();
    }

    /** False once the parent has ended. */
    public boolean isAlive() {
        return link.isAlive();
    }

    /** Completed when the parent has ended. */
    public CompletableFuture<Void> onExit() {
        CompletableFuture<Void> exit = new CompletableFuture<>();
        link.onLost(() -> exit.complete(null));
        return exit;
    }

    /**
     * Waits until the parent has ended, at most for {@code timeout}; zero and less only look.
     *
     * @return true if it has ended
     * @throws InterruptedException if the calling thread is interrupted
     */
    public boolean join(Duration timeout) throws InterruptedException {
        Objects.requireNonNull(timeout, "timeout");
        if (timeout.isNegative() || timeout.isZero()) {
            return !isAlive();
        }
        try {
            onExit().get(timeout.toMillis() + 1, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return !isAlive();
        } catch (ExecutionException e) {
            throw new AssertionError(e); // never completed that way
        }
    }

    @Override
    public String toString() {
        return "parent '" + name() + "' (pid " + pid() + ")";
    }
}
