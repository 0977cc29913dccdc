package io.muster.bench.harness;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.StringJoiner;

/** Cells in columns: for a terminal, or as Markdown. For one thread. */
final class Table {
    private final List<String> head;
    private final List<List<String>> rows = new ArrayList<>();

    Table(String... head) {
        this.head = List.of(head);
    }

    /** Adds a row of as many cells as the head has. */
    void add(String... cells) {
        if (cells.length != head.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + head.size() + " columns");
        }
        rows.add(List.of(cells));
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Columns under each other, divided by two blanks. */
    List<String> forTerminal() {
        int[] widths = new int[head.size()];
        for (List<String> row : all()) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : all()) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                line.append(row.get(column));
                line.append(" ".repeat(widths[column] - row.get(column).length() + 2));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    List<String> asMarkdown() {
        List<String> lines = new ArrayList<>();
        for (List<String> row : all()) {
            StringJoiner line = new StringJoiner(" | ", "| ", " |");
            row.forEach(cell -> line.add(cell.replace("|", "\\|")));
            lines.add(line.toString());
        }
        lines.add(1, "|" + "---|".repeat(head.size()));
        return lines;
    }

    private List<List<String>> all() {
        List<List<String>> all = new ArrayList<>(Collections.singletonList(head));
        all.addAll(rows);
        return all;
    }
}
