package linge.admission;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import linge.bot.triage.Admission.Handler;
import linge.bot.triage.Categories;
import linge.bot.triage.Category;

/**
 * An item of a list.
 *
 * @param code stable within the list: UM-1
 * @param department code of whose work it is
 * @param days working days until it is to be done
 * @param categories codes of what it is about
 */
record Item(String code, String department, String item, Handler handler, int days, List<String> categories) {

    /** The list shipped with us: an example, written after what 潞城 tells of its own (13 departments, 39 items). */
    static List<Item> example() {
        Categories shipped = Categories.shipped();
        return shipped.admissions().stream()
                .map(one -> new Item(
                        one.code(),
                        one.department().code(),
                        one.item(),
                        one.handler(),
                        one.days(),
                        shipped.all().stream()
                                .filter(category -> one.equals(category.admission()))
                                .map(Category::code)
                                .toList()))
                .toList();
    }

    static String words(Handler handler) {
        return handler == Handler.GRID ? "网格" : "网格和部门";
    }

    JsonObject toJson() {
        JsonArray about = new JsonArray();
        categories.forEach(code -> about.add(new JsonObject().put("code", code).put("name", name(code))));
        return new JsonObject()
                .put("code", code)
                .put("department", department)
                .put("departmentName", departmentName(department))
                .put("item", item)
                .put("handler", handler.name())
                .put("handlerName", words(handler))
                .put("days", days)
                .put("categories", about);
    }

    static String name(String category) {
        return Categories.shipped()
                .find(category)
                .map(known -> String.join("·", known.path()))
                .orElse(category);
    }

    static String departmentName(String code) {
        return Categories.shipped().departments().stream()
                .filter(one -> one.code().equals(code))
                .map(one -> one.name())
                .findFirst()
                .orElse(code);
    }
}
