package io.muster.ipc.journal;

import io.muster.ipc.Manager;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;

/** A process that uses a journal, as far as others can tell: joins the place that it is told. */
final class PlaceUserMain {
    private PlaceUserMain() {}

    public static void main(String[] args) throws Exception {
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println("joined " + Manager.open(Path.of(line)).path());
        }
    }
}
