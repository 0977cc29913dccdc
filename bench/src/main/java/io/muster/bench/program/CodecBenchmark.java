package io.muster.bench.program;

import io.muster.ipc.codec.CodecInput;
import io.muster.ipc.codec.CodecOutput;
import io.muster.ipc.codec.ObjectCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One object to bytes and back, with Muster's codec and with the JDK's; both keep their byte arrays. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {
    /** What travels. */
    @Param
    public CodecKind kind;

    private final ObjectCodec codec = ObjectCodec.standard();
    private final CodecOutput output = new CodecOutput();
    private final CodecInput input = new CodecInput();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private Object example;

    @Setup
    public void chooseExample() {
        example = kind.example();
    }

    @Benchmark
    public Object muster() {
        output.reset();
        codec.write(output, example);
        return codec.read(input.wrap(output.array(), 0, output.position()));
    }

    @Benchmark
    public Object jdk() throws IOException, ClassNotFoundException {
        bytes.reset();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(example);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        }
    }
}
