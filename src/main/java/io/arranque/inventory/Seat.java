package io.arranque.inventory;

/**
 * A place in a room where a PC stands. A machine sits there when its assignment names the room and
 * this seat.
 *
 * @param name as on the label of the table; unique in its room
 * @param x steps from the left of the room's picture to the left edge of the seat, 0 to {@link
 *     Layout#MAX_STEPS}; a seat is {@link Layout#SEAT_STEPS} steps wide and high
 * @param y steps from the top
 */
public record Seat(String name, int x, int y) {}
