/**
 * How an object becomes bytes and an object again, in another JVM: a tagged fast path for what programs send most, lambdas
 * as a definition plus captured values, Java serialization for the rest.
 *
 * <p>Start at {@link io.muster.ipc.codec.ObjectCodec}, then {@code Tags}, which is the format on one page;
 * {@link io.muster.ipc.codec.Codec} is the door for types of your own. Not here: where the bytes lie and who is told about
 * them ({@code io.muster.ipc.memory}, {@code io.muster.ipc.wait}), and any promise about bytes from people you do not
 * trust: decoding can run code of every class that can be loaded.
 */
package io.muster.ipc.codec;
