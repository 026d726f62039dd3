package linge.admission;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import linge.bot.triage.Admission.Handler;
import linge.bot.triage.Categories;
import linge.bot.triage.Category;
import linge.bot.triage.Department;
import linge.shared.Words;
import org.jspecify.annotations.Nullable;

/** A list as a file somebody keeps in a spreadsheet: a line an item, with names people use; and what is wrong in it, by line. */
final class ListFile {

    static final List<String> HEAD = List.of("编号", "部门", "事项", "谁来办", "工作日", "类别");

    private static final int MOST_ITEMS = 500;
    private static final int MOST_FAULTS = 100;
    private static final int MOST_DAYS = 60;

    /** A line by its number in the file, the head being 1; 0 for the file as a whole. */
    record Fault(int line, String words) {
        JsonObject toJson() {
            return new JsonObject().put("line", line).put("words", words);
        }
    }

    private final Map<String, String> departments = new HashMap<>();
    private final Map<String, String> categories = new HashMap<>();
    private final List<Item> items = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private final Set<String> codes = new HashSet<>();
    private final Map<String, Integer> taken = new HashMap<>();

    private ListFile() {
        for (Department one : Categories.shipped().departments()) {
            departments.put(one.code(), one.code());
            departments.put(one.name(), one.code());
        }
        for (Category one : Categories.shipped().all()) {
            categories.put(one.code(), one.code());
            categories.put(String.join("·", one.path()), one.code());
            String last = one.path().get(one.path().size() - 1);
            // A name two branches share means neither.
            categories.merge(last, one.code(), (a, b) -> a.equals(b) ? a : "");
        }
    }

    static ListFile read(String csv) {
        ListFile file = new ListFile();
        String plain = csv.startsWith("\uFEFF") ? csv.substring(1) : csv;
        List<List<String>> rows = rows(plain);
        if (rows.isEmpty() || !file.head(rows.get(0))) {
            file.fault(1, "第一行应当是：" + String.join(",", HEAD));
            return file;
        }
        for (int i = 1; i < rows.size(); i++) {
            if (rows.get(i).stream().anyMatch(cell -> !cell.isBlank())) {
                file.line(i + 1, rows.get(i));
            }
        }
        if (file.items.isEmpty() && file.faults.isEmpty()) {
            file.fault(0, "文件里没有事项。");
        }
        if (file.items.size() > MOST_ITEMS) {
            file.fault(0, "最多 " + MOST_ITEMS + " 项。");
        }
        return file;
    }

    List<Item> items() {
        return List.copyOf(items);
    }

    List<Fault> faults() {
        return List.copyOf(faults);
    }

    /** The same form, to be changed in a spreadsheet and brought back. */
    static String written(List<Item> items) {
        StringBuilder csv =
                new StringBuilder("\uFEFF").append(String.join(",", HEAD)).append("\r\n");
        for (Item one : items) {
            List<String> names = one.categories().stream().map(Item::name).toList();
            csv.append(String.join(
                            ",",
                            cell(one.code()),
                            cell(Item.departmentName(one.department())),
                            cell(one.item()),
                            cell(Item.words(one.handler())),
                            String.valueOf(one.days()),
                            cell(String.join("；", names))))
                    .append("\r\n");
        }
        return csv.toString();
    }

    JsonArray faultsJson() {
        JsonArray shown = new JsonArray();
        faults.forEach(fault -> shown.add(fault.toJson()));
        return shown;
    }

    private boolean head(List<String> row) {
        return row.stream().map(String::strip).toList().equals(HEAD);
    }

    private void line(int number, List<String> row) {
        if (row.size() != HEAD.size()) {
            fault(number, "应当有 " + HEAD.size() + " 列，现在有 " + row.size() + " 列。");
            return;
        }
        List<String> cells = row.stream()
                .map(cell -> Objects.requireNonNullElse(Words.of(cell), ""))
                .toList();
        int before = faults.size();
        String code = cells.get(0);
        if (code.isEmpty() || code.length() > 20) {
            fault(number, "编号要写，最多 20 个字。");
        } else if (!codes.add(code)) {
            fault(number, "编号“" + code + "”前面已经有了。");
        }
        String department = departments.get(cells.get(1));
        if (department == null) {
            fault(number, "没有“" + shortened(cells.get(1)) + "”这个部门。");
        }
        String item = cells.get(2);
        if (item.isEmpty() || item.length() > 100) {
            fault(number, "事项要写，最多 100 个字。");
        }
        Handler handler = handler(cells.get(3));
        if (handler == null) {
            fault(number, "“谁来办”只能写“网格”或“网格和部门”。");
        }
        int days = days(cells.get(4));
        if (days == 0) {
            fault(number, "工作日要写 1 到 " + MOST_DAYS + " 的整数。");
        }
        Set<String> about = about(number, cells.get(5), department);
        if (faults.size() == before && department != null && handler != null) {
            items.add(new Item(code, department, item, handler, days, List.copyOf(about)));
        }
    }

    private Set<String> about(int number, String cell, @Nullable String department) {
        Set<String> about = new LinkedHashSet<>();
        for (String name : cell.split("[；;、\\s]+")) {
            if (name.isBlank()) {
                continue;
            }
            String code = categories.getOrDefault(name, null);
            if (code == null) {
                fault(number, "没有“" + shortened(name) + "”这个类别。");
            } else if (code.isEmpty()) {
                fault(number, "“" + name + "”有好几个，请连上一级一起写，例如“市政设施·路灯”。");
            } else {
                Integer other = department == null ? null : taken.putIfAbsent(department + " " + code, number);
                if (other != null && other != number) {
                    fault(number, "“" + name + "”同一个部门在第 " + other + " 行已经有了。");
                }
                about.add(code);
            }
        }
        if (about.isEmpty() && cell.isBlank()) {
            fault(number, "类别要写，几个之间用“；”隔开。");
        }
        return about;
    }

    private static @Nullable Handler handler(String words) {
        return switch (words) {
            case "网格", "GRID" -> Handler.GRID;
            case "网格和部门", "GRID_AND_DEPARTMENT" -> Handler.GRID_AND_DEPARTMENT;
            default -> null;
        };
    }

    /** 0 for what is none. */
    private static int days(String cell) {
        if (!cell.matches("[0-9]{1,2}")) {
            return 0;
        }
        int days = Integer.parseInt(cell);
        return days > MOST_DAYS ? 0 : days;
    }

    private void fault(int line, String words) {
        if (faults.size() < MOST_FAULTS) {
            faults.add(new Fault(line, words));
        }
    }

    private static String shortened(String words) {
        return words.length() <= 20 ? words : words.substring(0, words.offsetByCodePoints(0, 15)) + "…";
    }

    private static String cell(String words) {
        return words.matches("[^,\"\\r\\n]*") ? words : "\"" + words.replace("\"", "\"\"") + "\"";
    }

    /** A line a row: an item has no line breaks in it. */
    private static List<List<String>> rows(String csv) {
        List<List<String>> rows = new ArrayList<>();
        for (String line : Arrays.asList(csv.split("\\r\\n|\\n|\\r", -1))) {
            rows.add(cells(line));
        }
        return rows;
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char sign = line.charAt(i);
            if (quoted && sign == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                cell.append('"');
                i++;
            } else if (sign == '"') {
                quoted = !quoted;
            } else if (sign == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(sign);
            }
        }
        cells.add(cell.toString());
        return cells;
    }
}
