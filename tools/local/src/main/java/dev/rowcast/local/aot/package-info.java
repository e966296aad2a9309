/// AOT caches of the functions: a build of a function comes in, the file with its loaded and linked classes
/// goes out, with which a cold start on the JVM takes less CPU. A function without a cache starts as well.
package dev.rowcast.local.aot;
