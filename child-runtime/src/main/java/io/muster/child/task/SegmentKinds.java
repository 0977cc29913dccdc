package io.muster.child.task;

import io.muster.ipc.memory.SegmentKind;

/** The kinds of segment this package makes; each is written into the header and checked on opening. */
final class SegmentKinds {
    static final int TASK_TABLE = SegmentKind.of("TASK");
    static final int BLOB_CHUNK = SegmentKind.of("BLOB");
    static final int SHAPE_LOG = SegmentKind.of("SHAP");

    private SegmentKinds() {}
}
