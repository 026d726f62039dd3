package linge.grids;

import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * The smallest patch of ground with a team.
 *
 * @param code 15 digits: the village's 12 and a sequence of 3, west to east, then north to south
 * @param use null for a residential grid
 * @param households 0 for most dedicated grids
 * @param outline polygon or multipolygon in wgs84 degrees, longitude first
 */
public record Grid(
        String code, String name, GridKind kind, @Nullable GridUse use, int households, Geometry outline) {

    public String village() {
        return code.substring(0, 12);
    }

    public String county() {
        return code.substring(0, 6);
    }
}
