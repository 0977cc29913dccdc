package io.muster.internal.pool;

/** The contract over worker processes. */
class SharedPoolTest extends ProcessPoolContract {}
