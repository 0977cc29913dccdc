package io.muster.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Every sample is run, as a program of its own, does what it says, and leaves nothing behind. */
@Execution(ExecutionMode.CONCURRENT)
class SamplesTest {
    @TempDir
    private Path dir;

    @Test
    void theIndexNamesClassesAndFilesThatAreThere() throws Exception {
        List<String[]> samples = SampleRun.index();
        assertTrue(samples.size() >= 4);
        for (String[] sample : samples) {
            assertNotNull(Class.forName(sample[1]).getMethod("main", String[].class));
            assertTrue(Files.exists(Path.of("..").resolve(sample[2])), sample[2]);
            assertTrue(sample[3].length() < 100, sample[3]);
        }
    }

    @Test
    void wordcountCountsWhatIsThereThroughItsWorkers() throws Exception {
        Map<String, Integer> expected = new TreeMap<>();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 400_000; i++) {
            String word = Integer.toString(i * 31 % 997, 26).replaceAll("[0-9]", "Ä");
            text.append(word).append(i % 9 == 0 ? '\n' : ' ');
            expected.merge(word.toLowerCase(Locale.ROOT), 1, Integer::sum);
        }
        for (int i = 0; i < 8; i++) {
            Files.writeString(dir.resolve("text" + i), text);
        }
        String out = run("wordcount", "--json", "--top", "all", "--workers", "2", dir.toString());
        Map<String, Integer> counted = new TreeMap<>();
        Matcher entry =
                Pattern.compile("\"word\":\"([^\"]*)\",\"count\":([0-9]+)").matcher(out);
        while (entry.find()) {
            counted.put(entry.group(1), Integer.parseInt(entry.group(2)) / 8);
        }
        assertEquals(expected, counted);
        assertTrue(out.contains("\"workers\":[{\"pid\":"), out);
    }

    @Test
    void mandelbrotWritesAPicture() throws Exception {
        Path file = dir.resolve("picture.png");
        run("mandelbrot", file.toString(), "80");
        BufferedImage image = ImageIO.read(file.toFile());
        assertEquals(80, image.getWidth());
        assertEquals(60, image.getHeight());
        assertEquals(0xff000000, image.getRGB(55, 30)); // 0 is in the set
        assertTrue((image.getRGB(0, 0) & 0xffffff) != 0);
    }

    @Test
    void mailSendsThemAll() throws Exception {
        assertTrue(run("mail").contains("10 of 10 mails sent"));
    }

    @Test
    void theDaemonDiesWithItsParent() throws Exception {
        assertTrue(run("daemon").contains("daemon: gone"));
    }

    @Test
    void neverMoreSingersThanMicrophones() throws Exception {
        assertTrue(run("karaoke").contains("never more than 2 on stage, and both microphones are back"));
    }

    @Test
    void allCarsGoAtGreenAndNoneBefore() throws Exception {
        String out = run("traffic-light");
        assertTrue(out.contains("red: 10 cars wait, 0 have gone"), out);
        assertTrue(out.contains("10 of 10 cars have gone, 0 of them at red; the light shines on"), out);
    }

    @Test
    void ticketsAreOversoldWithoutTheLockAndNotWithIt() throws Exception {
        String out = run("tickets");
        assertTrue(out.contains("without the lock: 5 of 3 tickets sold"), out);
        assertTrue(out.contains("with the lock: 3 of 3 tickets sold"), out);
    }

    @Test
    void theSurvivorIsToldAndRepairs() throws Exception {
        String out = run("survivor");
        assertTrue(out.contains("'mover' (pid "), out);
        assertTrue(out.contains("repaired: 100 and 0, 0 on its way"), out);
    }

    @Test
    void theGateLetsThroughAsManyAsWereNotified() throws Exception {
        String out = run("gate");
        assertTrue(out.contains("through: 2 of 6\n"), out);
        assertTrue(out.contains("through: 3 of 6\n"), out);
        assertTrue(out.contains("through: 6 of 6"), out);
    }

    @Test
    void noUpdateOfTheCountersIsLost() throws Exception {
        String out = run("counter");
        assertTrue(
                Pattern.compile("map .*: 0 of 100000 updates lost").matcher(out).find(), out);
        assertTrue(out.contains("array [33336, 33332, 33332]: 0 of 100000 updates lost"), out);
    }

    @Test
    void theEchoOfSeveralServersOnOnePortIsWhole() throws Exception {
        String out = run("echo", "1", "64");
        Matcher total = Pattern.compile(
                        "([0-9]+) messages of 64 bytes there and back over 64 connections .*, all of them intact")
                .matcher(out);
        assertTrue(total.find(), out);
        long messages = 0;
        int connections = 0;
        Matcher server = Pattern.compile("server-[0-9]+ .pid [0-9]+.: ([0-9]+) connections, ([0-9]+) messages")
                .matcher(out);
        while (server.find()) {
            connections += Integer.parseInt(server.group(1));
            messages += Long.parseLong(server.group(2));
        }
        assertEquals(64, connections);
        assertEquals(Long.parseLong(total.group(1)), messages);
    }

    @Test
    void thePipeEndsWhenNobodyCanSendAnyMore() throws Exception {
        String out = run("pipe");
        assertTrue(out.contains("steady: 2000 of 2000 messages"), out);
        assertTrue(
                Pattern.compile("endless: [0-9]{3,} messages without a gap")
                        .matcher(out)
                        .find(),
                out);
        assertTrue(out.contains("end of the pipe"), out);
    }

    @Test
    void eachItemOfTheProducersIsConsumedOnce() throws Exception {
        assertTrue(run("producer-consumer")
                .contains("20000 of 20000 items were taken once, each producer's in its order; 0 are left"));
    }

    @Test
    void joinWaitsAlsoForWhatAKilledConsumerHad() throws Exception {
        String out = run("joinable");
        assertTrue(out.contains("the sleeper takes item 0"), out);
        assertTrue(Pattern.compile("consumer-[12] does item 0").matcher(out).find(), out);
        assertTrue(out.contains("joined: 200 of 200 items were done, each once; 0 are unfinished"), out);
    }

    @Test
    void thePipelineCountsWhatAPlainLoopCounts() throws Exception {
        List<String> texts = PipelineInput.write(dir);
        String out = run("pipeline", "--top", "all", dir.toString());
        assertTrue(out.contains(PipelineInput.summary(texts) + "\n"), out);
        Map<String, Long> counted = new TreeMap<>();
        Matcher word = Pattern.compile("(?m)^ *([0-9]+) ([a-z]+)$").matcher(out);
        while (word.find()) {
            counted.put(word.group(2), Long.parseLong(word.group(1)));
        }
        assertEquals(PipelineInput.words(texts), counted);
        Matcher waited = Pattern.compile("(?m)^(?:parse|aggregate|report) .* 0/16 +([0-9]+)$")
                .matcher(out);
        for (int stage = 0; stage < 3; stage++) {
            assertTrue(waited.find(), out);
            assertTrue(Integer.parseInt(waited.group(1)) <= 16, out);
        }
        assertTrue(!out.contains("\033"), out);
    }

    @Test
    void whoComesLateToTheNewsReadsThemAll() throws Exception {
        String out = run("news");
        assertTrue(out.contains("latecomer has caught up with 10 headlines"), out);
        assertTrue(out.contains("all three have read 20 headlines, each once and in their order"), out);
    }

    @Test
    void theWorklistIsDoneThoughEverybodyIsKilled() throws Exception {
        String out = run("worklist");
        assertTrue(out.contains("is killed, with task 2 in its hands"), out);
        assertTrue(out.contains("everything is killed; start again"), out);
        assertTrue(
                Pattern.compile("30 of 30 tasks are done; [123] were begun again, .*; 0 of them had been acknowledged")
                        .matcher(out)
                        .find(),
                out);
    }

    @Test
    void aWorklistThatIsDoneStaysDone() throws Exception {
        Path list = dir.resolve("list");
        assertTrue(run("worklist", list.toString(), "5").contains("5 tasks are ordered"));
        String again = run("worklist", list.toString(), "5");
        assertTrue(again.contains("0 tasks are open, 5 results are there"), again);
        assertTrue(
                again.contains("so far tasks were begun 5 times, 0 of them after they had been acknowledged"), again);
    }

    private String run(String name, String... args) throws Exception {
        return new SampleRun(name, args).inside(dir.resolve("tmp-of-" + name));
    }
}
