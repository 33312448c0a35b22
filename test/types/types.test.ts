/** All that is asked of the compiler, in one file: a program of the project takes seconds to make, and this makes one. */
import "./suites/editor.js";
import "./suites/mistakes.js";
import "./suites/public.js";
import "./suites/reference.js";
import "./suites/written-back.js";
