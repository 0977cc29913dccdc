package io.muster.bench.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitTest {
    @ParameterizedTest
    @CsvSource({
        "TIME, 0, 0 ns",
        "TIME, 14.26, 14.3 ns",
        "TIME, 999.4, 999 ns",
        "TIME, 999.6, 1.00 us",
        "TIME, 58_300_000, 58.3 ms",
        "TIME, 9.996, 10.0 ns",
        "TIME, 7e12, 7000 s",
        "RATE, 40, 25.0 M/s",
        "RATE, 2000, 500 k/s",
        "MEMORY, 31457280, 30.0 MiB",
        "LOAD, 1_500_000, 1.50 ms/s"
    })
    void showsThreeDigitsInTheUnitThatFits(Unit unit, String cost, String shown) {
        assertEquals(shown, unit.show(Double.parseDouble(cost.replace("_", ""))));
    }
}
