package io.muster;

/** A task or its result could not travel between the processes; only this task failed. {@link #place} says where. */
public class TaskSerializationException extends MusterException {
    private static final long serialVersionUID = 1;

    /** Where on its way something could not travel. */
    public enum Place {
        /** The function or an argument could not be encoded here. */
        TASK_IN_PARENT,
        /** The function or an argument could not be decoded in the worker: often a class that it does not have. */
        TASK_IN_WORKER,
        /** The result could not be encoded in the worker. */
        RESULT_IN_WORKER,
        /** The result could not be decoded here. */
        RESULT_IN_PARENT
    }

    private final Place place;

    public TaskSerializationException(Place place, String message, Throwable cause) {
        super(message, cause);
        this.place = place;
    }

    public Place place() {
        return place;
    }
}
