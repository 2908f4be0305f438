"""The test suite that Jupyter has for kernels, all of it."""

import unittest

import jupyter_kernel_test


class PanicLabTests(jupyter_kernel_test.KernelTests):
    kernel_name = "paniclab"
    language_name = "java"
    file_extension = ".java"
    code_hello_world = 'System.out.println("hello, world");'
    code_stderr = 'System.err.println("oops");'
    completion_samples = [
        {"text": "System.ou", "matches": {"out"}},
        {"text": "%%expla", "matches": {"%%explain"}},
        {"text": "%%go\npackage main\nfunc main() { recov", "matches": {"recover"}},
    ]
    complete_code_samples = ["1 + 1", "int x = 3;", "void f() { }", "%lsmagic"]
    incomplete_code_samples = ["for (int i = 0; i < 3; i++) {", "void f() {", "%%go\npackage main"]
    invalid_code_samples = ["int 3x = ;", "}"]
    code_page_something = "String?"
    code_generate_error = 'throw new IllegalStateException("no");'
    code_execute_result = [
        {"code": "1 + 1", "result": "2"},
        {"code": "6 * 7", "result": "42"},
        {"code": "1.5 * 2", "result": "3.0"},
    ]
    code_display_data = [
        {"code": 'display(html("<b>bold</b>"))', "mime": "text/html"},
        {"code": "%%html\n<b>bold</b>", "mime": "text/html"},
        {"code": "%%svg\n<svg></svg>", "mime": "image/svg+xml"},
    ]
    code_history_pattern = "1 +*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "Math.abs"
    code_clear_output = "clearOutput()"


class WelcomeTests(jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = "paniclab"
    support_iopub_welcome = True


if __name__ == "__main__":
    unittest.main()
