package linge.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every act that the code writes into the audit trail has a name in Chinese, and no name is left over. */
class ActsTest {

    private static final Path CODE = Path.of("src/main/java/linge");
    /** As the table of the audit log wants acts to be. */
    private static final Pattern ACT = Pattern.compile("\"([a-z]+(?:-[a-z]+)*\\.[a-z]+(?:[.-][a-z]+)*)\"");

    /** How the code writes into the trail: by the log itself, or by a small part that does. */
    private static final Set<String> WRITES = Set.of("AuditLog.", "noted.after(", "cases.asked(");

    private static final Pattern CONSTANT = Pattern.compile("^    ([A-Z]+(?:_[A-Z]+)*)\\(");

    private static final Pattern WHISTLE = Pattern.compile(
            "alone\\(who, id, whistle -> whistle\\.(\\w+)\\(|audited\\(tx, who, whistle, whistle\\.(\\w+)\\(");

    @Test
    void every_act_in_the_code_has_a_name() throws IOException {
        Set<String> unnamed = new TreeSet<>();
        written().stream().filter(act -> !Acts.isNamed(act)).forEach(unnamed::add);
        assertEquals(Set.of(), unnamed, "name these in Acts");
    }

    @Test
    void every_name_is_of_an_act_in_the_code() throws IOException {
        Set<String> left = new TreeSet<>();
        Acts.all().forEach(left::add);
        left.removeAll(written());
        assertEquals(Set.of(), left, "nothing writes these any more");
    }

    /** Texts that look like an act, in files that write into the audit trail; and what is done to whistles, named after what it is. */
    private static Set<String> written() throws IOException {
        Set<String> acts = new TreeSet<>();
        try (Stream<Path> files = Files.walk(CODE)) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".java")).toList()) {
                String code = Files.readString(file);
                if (file.endsWith("Acts.java") || WRITES.stream().noneMatch(code::contains)) {
                    continue;
                }
                Matcher act = ACT.matcher(code);
                while (act.find()) {
                    acts.add(act.group(1));
                }
                Matcher whistle = WHISTLE.matcher(code);
                while (whistle.find()) {
                    String did = whistle.group(1) == null ? whistle.group(2) : whistle.group(1);
                    acts.add("whistle." + did.toLowerCase(Locale.ROOT));
                }
            }
        }
        acts.addAll(named("mediation", "mediation/MediationAct.java", "CLOCK"));
        acts.addAll(named("legal-aid", "legal/AidAct.java", "By.APPLICANT"));
        assertTrue(acts.size() > 40, "the acts were not found");
        // Where nodes tell each other, not what people did.
        acts.removeIf(act -> act.startsWith("linge."));
        return acts;
    }

    /** Acts that are named after the constants of an enum; those that no staff do are left out. */
    private static Set<String> named(String group, String file, String others) throws IOException {
        Set<String> acts = new TreeSet<>();
        for (String line : Files.readAllLines(CODE.resolve(file))) {
            Matcher constant = CONSTANT.matcher(line);
            if (constant.find() && !line.contains(others)) {
                acts.add(
                        group + "." + constant.group(1).toLowerCase(Locale.ROOT).replace('_', '-'));
            }
        }
        return acts;
    }
}
