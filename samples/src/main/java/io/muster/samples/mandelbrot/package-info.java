/**
 * Workers fill a picture that lies in shared memory; only numbers of rows travel. Start at
 * {@link io.muster.samples.mandelbrot.Mandelbrot}. Not here: shared memory itself ({@code io.muster.ipc.data}).
 */
package io.muster.samples.mandelbrot;
