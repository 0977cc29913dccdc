package io.muster.samples.mandelbrot;

import io.muster.ProcessPool;
import io.muster.ipc.data.SharedIntArray;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/**
 * A picture of the Mandelbrot set. Its pixels are one shared array: each task gets the number of a row and the array's handle,
 * and stores the row where it belongs; nothing but the number comes back.
 */
public final class Mandelbrot {
    private static final int DEFAULT_WIDTH = 1200;
    private static final int MAX_WIDTH = 20_000;
    private static final int MAX_ITERATIONS = 1000;
    private static final double LEFT = -2.2;
    private static final double RIGHT = 1.0;

    private Mandelbrot() {}

    /**
     * Runs the sample: {@code mandelbrot [FILE.png [WIDTH]]}.
     *
     * @param args where the picture goes, and how wide it is; its height is three quarters of that
     * @throws InterruptedException if this thread is interrupted; the workers have ended then
     * @throws IOException if the picture cannot be written
     */
    public static void main(String[] args) throws InterruptedException, IOException {
        Path file = Path.of(args.length > 0 ? args[0] : "mandelbrot.png");
        int width;
        try {
            width = args.length > 1 ? Integer.parseInt(args[1]) : DEFAULT_WIDTH;
        } catch (NumberFormatException e) {
            width = 0;
        }
        if (args.length > 2 || width < 4 || width > MAX_WIDTH || args.length > 0 && args[0].startsWith("-")) {
            System.err.println("Usage: muster sample mandelbrot [FILE.png [WIDTH]]   WIDTH: 4 to 20000 pixels");
            System.exit(args.length > 0 && args[0].equals("--help") ? 0 : 2);
        }
        draw(file, width, width * 3 / 4);
    }

    static void draw(Path file, int width, int height) throws InterruptedException, IOException {
        long begin = System.nanoTime();
        try (ProcessPool pool = ProcessPool.create();
                SharedIntArray pixels = SharedIntArray.create(width * height)) {
            List<Integer> rows = IntStream.range(0, height).boxed().toList();
            // One row a task: rows differ much in how long they take.
            pool.map(row -> fillRow(pixels, row, width, height), rows, 1);
            write(pixels, file, width, height);
            System.out.printf(
                    "%s: %d x %d pixels by %d workers in %.2f s%n",
                    file.toAbsolutePath(), width, height, pool.size(), (System.nanoTime() - begin) / 1e9);
        }
    }

    /** Runs in a worker. */
    private static int fillRow(SharedIntArray pixels, int row, int width, int height) {
        int[] colors = new int[width];
        double scale = (RIGHT - LEFT) / width;
        double y = (row - height / 2.0) * scale;
        for (int column = 0; column < width; column++) {
            colors[column] = color(LEFT + column * scale, y);
        }
        pixels.set(row * width, colors);
        return row;
    }

    /** Black inside the set; outside the sooner it escapes the darker it is. */
    static int color(double cx, double cy) {
        double x = 0;
        double y = 0;
        for (int i = 0; i < MAX_ITERATIONS; i++) {
            double xx = x * x;
            double yy = y * y;
            if (xx + yy > 4) {
                double share = Math.min(1, Math.log(i + 1.0) / Math.log(MAX_ITERATIONS) * 1.5);
                int red = (int) (255 * share * share);
                int green = (int) (200 * share);
                int blue = (int) (90 + 165 * Math.sqrt(share));
                return red << 16 | green << 8 | blue;
            }
            y = 2 * x * y + cy;
            x = xx - yy + cx;
        }
        return 0;
    }

    private static void write(SharedIntArray pixels, Path file, int width, int height) throws IOException {
        // Drawing into an image needs no screen; without this some systems look for one.
        System.setProperty("java.awt.headless", "true");
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            pixels.get(y * width, row);
            image.setRGB(0, y, width, 1, row, 0, width);
        }
        File target = file.toFile();
        if (!ImageIO.write(image, "png", target)) {
            throw new IOException("this Java cannot write PNG files");
        }
    }
}
