package io.arranque.http;

/**
 * Why bytes are no request that can be answered.
 *
 * @param status of HTTP
 * @param detail for whoever reads the answer
 */
record Malformed(int status, String detail) {}
