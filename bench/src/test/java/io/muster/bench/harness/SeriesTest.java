package io.muster.bench.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeriesTest {
    private final Series series = new Series();

    @Test
    void takesTheMedianOfTheLaunchesMediansWhateverTheirLengths() {
        series.addLaunch(1, 1, 1, 1, 1, 1, 1);
        series.addLaunch(9, 10, 11);
        series.addLaunch(20);

        assertEquals(10, series.median());
        assertEquals(1, series.lowestMedian());
        assertEquals(20, series.highestMedian());
        assertEquals(3, series.launches());
        assertEquals(11, series.count());
    }

    @Test
    void takesTheMiddleOfTheTwoMiddleOnes() {
        assertEquals(2.5, Series.median(4, 1, 3, 2));
    }

    @Test
    void takesTheTailOfAllLaunchesTogether() {
        series.addLaunch(IntStream.rangeClosed(1, 500).asDoubleStream().toArray());
        series.addLaunch(IntStream.rangeClosed(501, 1000).asDoubleStream().toArray());

        assertEquals(990, series.percentile(99), 1);
        assertEquals(999, series.percentile(99.9), 1);
        assertEquals(1000, series.max(), 1);
    }

    @Test
    void keepsFractionsOfNanoseconds() {
        series.addLaunch(0.625);

        assertEquals(0.625, series.max(), 0.001);
    }

    @Test
    void hasBytesOnlyIfSomebodyCountedThem() {
        assertEquals(OptionalDouble.empty(), series.bytesPerOperation());

        series.addBytes(8);
        series.addBytes(24);
        series.addBytes(16);

        assertEquals(OptionalDouble.of(16), series.bytesPerOperation());
        assertTrue(series.isEmpty(), "bytes are no launch");
    }

    @Test
    void refusesALaunchWithoutFigures() {
        assertThrows(IllegalArgumentException.class, series::addLaunch);
    }
}
