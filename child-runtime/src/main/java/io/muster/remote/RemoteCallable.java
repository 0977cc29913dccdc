package io.muster.remote;

import java.io.Serializable;
import java.util.concurrent.Callable;

/**
 * A task with a result that can travel to another process: a lambda or method reference needs no cast.
 *
 * <p>What the lambda captures is copied with it; fields it uses belong to the object that made it, which then has to be
 * serializable too. The result travels back, so it has to be serializable as well.
 *
 * @param <T> type of the result
 */
@FunctionalInterface
public interface RemoteCallable<T> extends Callable<T>, Serializable {}
