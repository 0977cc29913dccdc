/**
 * A journal that forgets nothing: entries in files of Chronicle Queue that outlive every process and an orderly reboot, read by
 * any number of subscribers ({@link io.muster.ipc.journal.Topic}) or each by one consumer ({@link io.muster.ipc.journal.WorkQueue}).
 *
 * <p>Start at {@link io.muster.ipc.journal.Topic} and {@link io.muster.ipc.journal.WorkQueue}, behind them at {@code JournalHome}
 * (the directory), {@code ChronicleLog} (the one class that knows Chronicle Queue) and {@code ClaimTable} (who has which entry).
 *
 * <p>This is the only room that needs Chronicle Queue, an optional dependency, and JVM flags
 * ({@link io.muster.ipc.journal.JournalFlags}). Nothing outside of it is slower for its being there.
 *
 * <p>Not here: queues in shared memory that end with their session.
 */
package io.muster.ipc.journal;
