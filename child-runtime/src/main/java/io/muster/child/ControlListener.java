package io.muster.child;

/** Told of the control frames that the parent sends. Called on the lifeline thread, so it must return quickly. */
public interface ControlListener {
    /**
     * A frame arrived.
     *
     * @param kind one of {@link Control}, or a kind that parent and entry agreed on
     */
    void onControl(byte kind);
}
