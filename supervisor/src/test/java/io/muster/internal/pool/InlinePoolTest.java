package io.muster.internal.pool;

import io.muster.ProcessPool;

/** The contract over threads of this JVM. */
class InlinePoolTest extends ProcessPoolContract {
    private static final String PROPERTY = "muster.inline";

    @Override
    public ProcessPool newPool(int workers) {
        System.setProperty(PROPERTY, "true");
        try {
            return super.newPool(workers);
        } finally {
            System.clearProperty(PROPERTY);
        }
    }

    @Override
    public boolean isInline() {
        return true;
    }
}
