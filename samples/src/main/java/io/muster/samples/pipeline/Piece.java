package io.muster.samples.pipeline;

/**
 * What is read: a part of a file that begins and ends between words.
 *
 * @param isFirst whether it is the first part of its file
 * @param text its bytes; none if the file is empty
 */
record Piece(boolean isFirst, byte[] text) {}
