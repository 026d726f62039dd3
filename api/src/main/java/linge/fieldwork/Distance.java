package linge.fieldwork;

/** Distances on the ground between points in wgs84 degrees. */
final class Distance {

    private static final double EARTH_METRES = 6_371_008.8;

    private Distance() {}

    /** Along the great circle. */
    static double metres(double lon, double lat, double toLon, double toLat) {
        double north = Math.toRadians(toLat - lat);
        double east = Math.toRadians(toLon - lon);
        double h = Math.pow(Math.sin(north / 2), 2)
                + Math.cos(Math.toRadians(lat)) * Math.cos(Math.toRadians(toLat)) * Math.pow(Math.sin(east / 2), 2);
        return 2 * EARTH_METRES * Math.asin(Math.min(1, Math.sqrt(h)));
    }
}
