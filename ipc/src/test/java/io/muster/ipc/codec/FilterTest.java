package io.muster.ipc.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.muster.ipc.codec.DecodeException.Reason;
import io.muster.ipc.codec.Fixtures.Person;
import io.muster.ipc.codec.Fixtures.Plain;
import io.muster.ipc.codec.Fixtures.Point;
import java.io.ObjectInputFilter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FilterTest {
    private final ObjectCodec open = ObjectCodec.standard();
    private final ObjectCodec closed = ObjectCodec.builder()
            .filter(ObjectInputFilter.Config.createFilter("java.**;!io.muster.**"))
            .build();

    static List<Object> named() {
        LambdaTest.Make<String> lambda = () -> "x";
        return List.of(
                new Point(1, 2),
                List.of(new Point(1, 2), new Point(3, 4)),
                Plain.ONE,
                Point.class,
                new Point[0],
                new Person("p"),
                lambda);
    }

    static Stream<Arguments> arguments() {
        return named().stream().map(value -> () -> new Object[] {value});
    }

    @ParameterizedTest
    @MethodSource("arguments")
    void refusesClassesOnEveryWay(Object value) {
        byte[] bytes = open.encode(value);
        open.decode(bytes);
        for (int i = 0; i < 3; i++) { // also when the name is known already
            DecodeException e = assertThrows(DecodeException.class, () -> closed.decode(bytes));
            assertEquals(Reason.REFUSED_BY_FILTER, e.reason(), e.getMessage());
        }
    }

    @ParameterizedTest
    @MethodSource("arguments")
    void letsPassWhatItAllows(Object value) {
        ObjectCodec allowing = ObjectCodec.builder()
                .filter(ObjectInputFilter.Config.createFilter("io.muster.ipc.codec.*;java.**;!*"))
                .build();
        allowing.decode(open.encode(value));
    }
}
