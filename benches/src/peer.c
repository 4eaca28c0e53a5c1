/* What a C programmer would write: the other side of the comparison.
 *
 * Nothing is linked against libR: Rust opens it and fills the pointers below, by name (peer_api). A call through such a
 * pointer costs what a call from a package's shared library costs, which goes through its table of addresses, too. */

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

typedef struct SEXPREC *SEXP;
enum { REALSXP = 14, STRSXP = 16, VECSXP = 19, CE_UTF8 = 1 };

static SEXP (*Rf_allocVector)(unsigned, ptrdiff_t);
static SEXP (*Rf_cons)(SEXP, SEXP);
static SEXP (*Rf_eval)(SEXP, SEXP);
static SEXP (*Rf_lcons)(SEXP, SEXP);
static SEXP (*Rf_mkCharLenCE)(const char *, int, int);
static SEXP (*Rf_protect)(SEXP);
static SEXP (*Rf_ScalarReal)(double);
static SEXP (*Rf_install)(const char *);
static SEXP (*Rf_mkString)(const char *);
static SEXP (*STRING_ELT)(SEXP, ptrdiff_t);
static SEXP (*SET_VECTOR_ELT)(SEXP, ptrdiff_t, SEXP);
static SEXP (*R_withCallingErrorHandler)(SEXP (*)(void *), void *, SEXP (*)(SEXP, void *), void *);
static const char *(*R_CHAR)(SEXP);
static double *(*REAL)(SEXP);
static int (*R_ToplevelExec)(void (*)(void *), void *);
static ptrdiff_t (*Rf_xlength)(SEXP);
static void (*R_PreserveObject)(SEXP);
static void (*R_ReleaseObject)(SEXP);
static void (*Rf_unprotect)(int);
static void (*SET_STRING_ELT)(SEXP, ptrdiff_t, SEXP);
static SEXP *R_BaseEnv, *R_GlobalEnv, *R_NilValue;

struct entry {
    const char *name;
    void *pointer;
};

#define ENTRY(name) {#name, (void *)&name}
/* Ends with a null name. */
const struct entry peer_api[] = {
    ENTRY(Rf_allocVector), ENTRY(Rf_cons), ENTRY(Rf_eval), ENTRY(Rf_lcons), ENTRY(Rf_mkCharLenCE),
    ENTRY(Rf_protect), ENTRY(Rf_ScalarReal), ENTRY(Rf_install), ENTRY(Rf_mkString), ENTRY(STRING_ELT),
    ENTRY(SET_VECTOR_ELT), ENTRY(R_withCallingErrorHandler), ENTRY(R_CHAR), ENTRY(REAL), ENTRY(R_ToplevelExec),
    ENTRY(Rf_xlength), ENTRY(R_PreserveObject), ENTRY(R_ReleaseObject), ENTRY(Rf_unprotect),
    ENTRY(SET_STRING_ELT), ENTRY(R_BaseEnv), ENTRY(R_GlobalEnv), ENTRY(R_NilValue), {NULL, NULL}};

/* --- a call ------------------------------------------------------------------------------------------------- */

struct task {
    SEXP function;
    const double *numbers;
    size_t count;
    SEXP value, condition;
};

static SEXP make_and_evaluate(void *data) {
    struct task *task = data;
    SEXP argument;
    if (task->count == 1) {
        argument = Rf_ScalarReal(*task->numbers);
    } else {
        argument = Rf_allocVector(REALSXP, task->count);
        memcpy(REAL(argument), task->numbers, task->count * sizeof(double));
    }
    Rf_protect(argument);
    SEXP call = Rf_protect(Rf_lcons(task->function, Rf_cons(argument, *R_NilValue)));
    task->value = Rf_eval(call, *R_GlobalEnv);
    Rf_unprotect(2);
    return *R_NilValue;
}

/* Keeps the condition, and leaves without a word. */
static SEXP on_error(SEXP condition, void *data) {
    struct task *task = data;
    R_PreserveObject(condition);
    task->condition = condition;
    SEXP name = Rf_protect(Rf_mkString("abort"));
    SEXP leave = Rf_protect(Rf_lcons(Rf_install("invokeRestart"), Rf_cons(name, *R_NilValue)));
    return Rf_eval(leave, *R_BaseEnv);
}

static void with_handler(void *data) {
    R_withCallingErrorHandler(make_and_evaluate, data, on_error, data);
}

/* function(numbers); the first number of the value, or -1 for an error. */
double peer_call(SEXP function, const double *numbers, size_t count) {
    struct task task = {function, numbers, count, NULL, NULL};
    if (!R_ToplevelExec(with_handler, &task)) {
        if (task.condition) R_ReleaseObject(task.condition);
        return -1;
    }
    SEXP value = Rf_protect(task.value);
    double first = *REAL(value);
    Rf_unprotect(1);
    return first;
}

/* --- a slot pool, with nothing around it -------------------------------------------------------------------- */

static SEXP slots;
static int *free_slots;
static size_t free_count;

void peer_pool_start(size_t capacity) {
    slots = Rf_allocVector(VECSXP, capacity);
    R_PreserveObject(slots);
    free_slots = malloc(capacity * sizeof(int));
    for (free_count = 0; free_count < capacity; free_count++) free_slots[free_count] = capacity - 1 - free_count;
}

int peer_pool_keep(SEXP object) {
    int slot = free_slots[--free_count];
    SET_VECTOR_ELT(slots, slot, object);
    return slot;
}

void peer_pool_release(int slot) {
    SET_VECTOR_ELT(slots, slot, *R_NilValue);
    free_slots[free_count++] = slot;
}

/* --- strings ------------------------------------------------------------------------------------------------ */

/* A character vector of `count` strings. */
SEXP peer_strings_build(const char *const *texts, const size_t *lengths, size_t count) {
    SEXP vector = Rf_protect(Rf_allocVector(STRSXP, count));
    for (size_t i = 0; i < count; i++)
        SET_STRING_ELT(vector, i, Rf_mkCharLenCE(texts[i], (int)lengths[i], CE_UTF8));
    Rf_unprotect(1);
    return vector;
}

/* Where the texts of a character vector begin; to be freed by peer_strings_free. */
const char **peer_strings_read(SEXP vector) {
    ptrdiff_t count = Rf_xlength(vector);
    const char **texts = malloc(count * sizeof(char *));
    for (ptrdiff_t i = 0; i < count; i++) texts[i] = R_CHAR(STRING_ELT(vector, i));
    return texts;
}

void peer_strings_free(const char **texts) { free((void *)texts); }
