package io.muster.child.task;

import io.muster.ipc.codec.CodecInput;
import io.muster.ipc.codec.CodecOutput;
import io.muster.ipc.codec.LambdaDictionary;
import io.muster.ipc.codec.LambdaShape;
import io.muster.ipc.memory.Memory;
import io.muster.ipc.memory.Segment;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The lambdas a pool has met, each written down once: a task then names its function by number.
 *
 * <pre>
 *   +0 count u32: shapes published    +4 used u32: bytes of the text area
 *   +8 index: MAX_SHAPES x u32 offset into the text area
 *   then the text area: per shape u32 length | the shape's encoding
 * </pre>
 *
 * A shape is published by the store of {@code count} that follows it. Only the parent appends; when the log is full a
 * lambda simply travels with its whole description.
 */
public final class ShapeLog implements LambdaDictionary, AutoCloseable {
    private static final int VERSION = 1;
    private static final int COUNT = 0;
    private static final int USED = COUNT + 4;
    private static final int INDEX = USED + 4;
    private static final int MAX_SHAPES = 1024;
    private static final int TEXT = INDEX + 4 * MAX_SHAPES;
    private static final int BYTES = 512 << 10;

    private final Segment segment;
    private final Memory memory;
    private final Map<LambdaShape, Integer> ids = new ConcurrentHashMap<>();
    private final LambdaShape[] shapes = new LambdaShape[MAX_SHAPES];
    private final boolean writable;

    private ShapeLog(Segment segment, boolean writable) {
        this.segment = segment;
        this.memory = segment.memory();
        this.writable = writable;
    }

    public static ShapeLog create(Path file) {
        return new ShapeLog(Segment.create(file, SegmentKinds.SHAPE_LOG, VERSION, BYTES), true);
    }

    public static ShapeLog open(Path file) {
        return new ShapeLog(Segment.open(file, SegmentKinds.SHAPE_LOG, VERSION), false);
    }

    /** In the parent: the number of a shape, appended if it is new. -1 where it has none: write the shape inline. */
    @Override
    public int idOf(LambdaShape shape) {
        Integer known = ids.get(shape);
        if (known != null) {
            return known;
        }
        return writable ? append(shape) : -1;
    }

    @Override
    public LambdaShape shapeOf(int id) {
        if (id < 0 || id >= memory.getIntAcquire(COUNT)) {
            throw new IllegalStateException("lambda shape " + id + " was never published: the payload is damaged");
        }
        LambdaShape shape = shapes[id];
        if (shape == null) {
            shape = read(id);
            shapes[id] = shape;
        }
        return shape;
    }

    @Override
    public void close() {
        segment.close();
    }

    public void unlink() {
        segment.unlink();
    }

    private synchronized int append(LambdaShape shape) {
        Integer known = ids.get(shape);
        if (known != null) {
            return known;
        }
        var out = new CodecOutput();
        shape.write(out);
        int id = memory.getInt(COUNT);
        int used = memory.getInt(USED);
        int bytes = 4 + out.position();
        if (id == MAX_SHAPES || TEXT + used + bytes > BYTES) {
            return -1;
        }
        memory.putInt(TEXT + used, out.position());
        memory.putBytes(TEXT + used + 4, out.array(), 0, out.position());
        memory.putInt(INDEX + 4 * id, used);
        memory.putInt(USED, used + bytes);
        memory.putIntRelease(COUNT, id + 1);
        ids.put(shape, id);
        return id;
    }

    private LambdaShape read(int id) {
        int at = TEXT + memory.getInt(INDEX + 4 * id);
        byte[] bytes = new byte[memory.getInt(at)];
        memory.getBytes(at + 4L, bytes, 0, bytes.length);
        return LambdaShape.read(new CodecInput().wrap(bytes, 0, bytes.length));
    }
}
