package io.muster;

import static io.muster.ErrorsPageTest.thrown;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.muster.ErrorsPageTest.Provocation;
import io.muster.ipc.channel.Pipe;
import java.io.EOFException;
import java.io.IOException;
import java.util.Map;

/** The part of {@link ErrorsPageTest} that is about pipes. */
final class PipeErrors {
    private PipeErrors() {}

    static void addTo(Map<String, Provocation> all) {
        all.put("Nothing more will come", () -> {
            try (Pipe.OneWay pipe = Pipe.oneWay()) {
                pipe.writer().close();
                return thrown(pipe.reader()::recv);
            }
        });
        all.put("Nobody receives any more", () -> {
            try (Pipe.OneWay pipe = Pipe.oneWay()) {
                pipe.reader().close();
                return thrown(() -> pipe.writer().send("x"));
            }
        });
        all.put("The pipe was closed before its end arrived", () -> {
            Pipe.OneWay pipe = Pipe.oneWay();
            String sent = SharedObjectErrors.sent(pipe.reader());
            pipe.close();
            return thrown(() -> arrived(sent));
        });
        all.put("This end was closed before it arrived", () -> {
            try (Pipe.OneWay pipe = Pipe.oneWay()) {
                String sent = SharedObjectErrors.sent(pipe.writer());
                pipe.writer().close();
                assertThrows(EOFException.class, pipe.reader()::recv);
                return thrown(() -> arrived(sent));
            }
        });
    }

    private static Object arrived(String sent) throws IOException, ClassNotFoundException {
        return SharedObjectErrors.arrived(sent);
    }
}
