package linge.notify.sms;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import linge.notify.TemplateMap;

/** Fills the templates of providers that have their own: which way of saying it, under which number, with what in it. */
final class Filling {

    private final TemplateBook book;
    private final TemplateMap map;

    Filling(TemplateBook book, TemplateMap map) {
        this.book = book;
        this.map = map;
    }

    /** A provider's template with the values for it. */
    record Filled(String id, List<String> fields, JsonObject values) {

        JsonObject named() {
            JsonObject named = new JsonObject();
            fields.forEach(field -> named.put(field, values.getValue(field).toString()));
            return named;
        }

        JsonArray listed() {
            JsonArray listed = new JsonArray();
            fields.forEach(field -> listed.add(values.getValue(field).toString()));
            return listed;
        }
    }

    /**
     * The way of saying a template that tells most of what there is, among those that have a number with the provider. Read
     * anew for each message: a number an operator enters counts from the next one on.
     *
     * @return fails with {@link Refused} when there is none, or the numbers cannot be read now
     */
    Future<Filled> fill(String provider, String template, JsonObject values) {
        List<TemplateBook.Way> fitting = book.ways(template).stream()
                .filter(way -> way.fields().stream().allMatch(field -> isThere(values, field)))
                .sorted(Comparator.comparingInt(way -> -way.fields().size()))
                .toList();
        return map.ids(
                        TemplateBook.platform(provider),
                        fitting.stream().map(TemplateBook.Way::key).toList())
                .recover(failure ->
                        Future.failedFuture(new Refused(Refused.Meaning.BUSY, "模板号查不了：" + failure.getMessage())))
                .map(ids -> fitting.stream()
                        .filter(way -> ids.containsKey(way.key()))
                        .findFirst()
                        .map(way -> new Filled(Objects.requireNonNull(ids.get(way.key())), way.fields(), values))
                        .orElseThrow(
                                () -> new Refused(Refused.Meaning.REFUSED, template + " 在 " + provider + " 没有能用的模板号")));
    }

    private static boolean isThere(JsonObject values, String field) {
        Object value = values.getValue(field);
        return value != null && !value.toString().isBlank();
    }
}
