package io.muster.ipc.journal;

/** What a journal is; written into its settings. */
enum JournalKind {
    TOPIC("Topic"),
    WORK_QUEUE("WorkQueue");

    private final String typeName;

    JournalKind(String typeName) {
        this.typeName = typeName;
    }

    String typeName() {
        return typeName;
    }
}
