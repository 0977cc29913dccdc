package io.muster.ipc.channel;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;

/** A claim as its user has it: while it is in use the end is too, so that no garbage collection closes that. */
final class PipeClaim implements MessageClaim {
    private final MessageClaim claim;
    private final PipeEnd end;

    PipeClaim(MessageClaim claim, PipeEnd end) {
        this.claim = claim;
        this.end = end;
    }

    @Override
    public ByteBuffer buffer() {
        return claim.buffer();
    }

    @Override
    public void commit() {
        try {
            claim.commit();
        } finally {
            Reference.reachabilityFence(end);
        }
    }

    @Override
    public void abort() {
        try {
            claim.abort();
        } finally {
            Reference.reachabilityFence(end);
        }
    }
}
