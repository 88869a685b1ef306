/* Loads the libraries by the names and in the order that the press tells, as it does on Windows, and measures text.
 *
 *   windows_measure.exe FOLDER CONFIGURATION FILE.dll…   < "family<TAB>text" lines, UTF-8
 *
 * FOLDER goes on the DLL path as os.add_dll_directory puts it there; each library is opened by its whole path with
 * LOAD_LIBRARY_SEARCH_DEFAULT_DIRS, as WeasyPrint and ctypes do. Prints "font<TAB>path" for every font that Fontconfig
 * has, then "width<TAB>height<TAB>family" of each line, in Pango's units.
 */
#include <windows.h>
#include <fcntl.h>
#include <io.h>
#include <stdio.h>
#include <string.h>

typedef struct { int nfont, sfont; void **fonts; } FontSet;

static HMODULE loaded[32];
static int count;

static void *symbol(const char *name) {
    for (int at = 0; at < count; at++) {
        void *found = (void *)GetProcAddress(loaded[at], name);
        if (found) return found;
    }
    fprintf(stderr, "no %s\n", name);
    exit(3);
}

#define CALL(type, name, ...) ((type(*)())symbol(#name))(__VA_ARGS__)

int main(int argc, char **argv) {
    wchar_t wide[MAX_PATH];
    char path[MAX_PATH * 3], line[65536];
    if (argc < 4) return 2;
    MultiByteToWideChar(CP_UTF8, 0, argv[1], -1, wide, MAX_PATH);
    if (!AddDllDirectory(wide)) { fprintf(stderr, "AddDllDirectory: %lu\n", GetLastError()); return 3; }
    for (int at = 3; at < argc; at++) {
        snprintf(path, sizeof path, "%s\\%s", argv[1], argv[at]);
        MultiByteToWideChar(CP_UTF8, 0, path, -1, wide, MAX_PATH);
        loaded[count] = LoadLibraryExW(wide, NULL, LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
        if (!loaded[count++]) { fprintf(stderr, "%s: error %lu\n", path, GetLastError()); return 3; }
    }
    /* As os.environ does: by the C library that Python and these have in common. */
    HMODULE crt = LoadLibraryA("ucrtbase.dll");
    snprintf(path, sizeof path, "FONTCONFIG_FILE=%s", argv[2]);
    ((int (*)(const char *))(void *)GetProcAddress(crt, "_putenv"))(path);
    CALL(int, FcInitReinitialize, );
    FontSet *fonts = CALL(FontSet *, FcConfigGetFonts, NULL, 0);
    for (int at = 0; fonts && at < fonts->nfont; at++) {
        char *file = NULL;
        CALL(int, FcPatternGetString, fonts->fonts[at], "file", 0, &file);
        printf("font\t%s\n", file);
    }
    void *map = CALL(void *, pango_ft2_font_map_new, );
    void *context = CALL(void *, pango_font_map_create_context, map);
    _setmode(_fileno(stdin), _O_BINARY);
    _setmode(_fileno(stdout), _O_BINARY);
    fflush(stdout);
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = 0;
        char *text = strchr(line, '\t');
        if (!text) continue;
        *text++ = 0;
        void *description = CALL(void *, pango_font_description_from_string, line);
        CALL(void, pango_font_description_set_absolute_size, description, 100.0 * 1024);
        void *layout = CALL(void *, pango_layout_new, context);
        CALL(void, pango_layout_set_font_description, layout, description);
        CALL(void, pango_layout_set_text, layout, text, -1);
        int width = 0, height = 0;
        CALL(void, pango_layout_get_size, layout, &width, &height);
        printf("%d\t%d\t%s\n", width, height, line);
    }
    return 0;
}
