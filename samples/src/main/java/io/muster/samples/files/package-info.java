/**
 * Temporary directories of samples. Not here: anything to learn.
 */
package io.muster.samples.files;
