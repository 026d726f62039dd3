package linge.staff;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.UUID;
import linge.shared.AreaLevel;
import linge.shared.Caller;
import linge.shared.Names;
import linge.shared.Role;
import org.jspecify.annotations.Nullable;

/** One account: a person in a role, in an area, officers in a department. */
public record StaffMember(
        UUID id,
        String user,
        String name,
        Role role,
        String area,
        @Nullable String department,
        @Nullable String phone,
        boolean active,
        boolean demo) {

    static StaffMember of(Row row) {
        return new StaffMember(
                row.getUUID("id"),
                row.getString("username"),
                row.getString("name"),
                Role.valueOf(row.getString("role")),
                row.getString("area"),
                row.getString("department"),
                row.getString("phone"),
                row.getBoolean("active"),
                row.getBoolean("demo"));
    }

    public Caller.Staff caller() {
        return new Caller.Staff(id, user, name, role, area, department);
    }

    /** As the contract's schema {@code Staff}. */
    public JsonObject toJson(Names names) {
        return new JsonObject()
                .put("user", user)
                .put("name", name)
                .put("role", role.name())
                .put("roleName", role.label())
                .put("area", area)
                .put("areaName", names.area(area))
                .put("level", AreaLevel.of(area).name())
                .put("department", names.department(department))
                .put("phone", phone)
                .put("active", active)
                .put("demo", demo);
    }
}
