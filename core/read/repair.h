/* repair.h - bytes that are nearly XML to documents that are XML. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_READ_REPAIR_H
#define ALZ_READ_REPAIR_H

#include "read/reader.h"
#include "read/tag.h"

/*
 * A filter over UTF-8 that finds the documents in an input and gives each of
 * them to the parser as a stream of its own: start tags, end tags, text and
 * CDATA, nothing else. Declarations, DOCTYPE, comments and processing
 * instructions stay behind, so the parser sees no entity it does not know.
 *
 * What XML forbids but whose meaning is plain is repaired and counted; what
 * breaks the structure ends the document and is told as its damage. A control
 * character b (1-31) travels as U+E000+b: see alz_repair_restore.
 */
enum {
    ALZ_XML_DEPTH_MAX = 100000,
    ALZ_XML_TAG_MAX = 16 << 20,
    ALZ_REPAIR_WINDOW = 32 << 10
};

enum alz_repair_kind {
    ALZ_REPAIR_FORBIDDEN, /* characters, raw or as references */
    ALZ_REPAIR_UTF8,      /* bytes that are none */
    ALZ_REPAIR_AMPERSAND, /* that start no reference */
    ALZ_REPAIR_LESS,      /* "<" that starts no tag */
    ALZ_REPAIR_CDATA_END, /* "]]>" in text */
    ALZ_REPAIR_TWICE,     /* attributes given again: the first one stays */
    ALZ_REPAIR_CHATTER,   /* bytes outside of documents */
    ALZ_REPAIR_STRAY,     /* end tags outside of documents */
    ALZ_REPAIR_ATTRS,     /* attributes beyond ALZ_TAG_ATTRS_MAX */
    ALZ_REPAIR_VALUE,     /* values cut at ALZ_TAG_VALUE_MAX */
    ALZ_REPAIR_NAME,      /* attributes whose name is too long */
    ALZ_REPAIR_KIND_COUNT
};

struct alz_repair_count {
    uint64_t count;
    struct alz_position first;
};

/* What ended a document before its root did. */
enum alz_repair_damage_kind {
    ALZ_DAMAGE_NONE,
    ALZ_DAMAGE_CUT,       /* the input ended, or another document began */
    ALZ_DAMAGE_MALFORMED, /* markup that cannot be read */
    ALZ_DAMAGE_LIMIT,
    ALZ_DAMAGE_ENTITY,
    ALZ_DAMAGE_DEPTH,
    ALZ_DAMAGE_MEMORY,
    ALZ_DAMAGE_READ /* error says why */
};

struct alz_repair_damage {
    enum alz_repair_damage_kind kind;
    const char *what;     /* "a comment"; CUT: NULL = between tags */
    uint64_t opened_line; /* where that began */
    struct alz_position at;
};

/* A tag on its way to the parser. */
struct alz_repair_tag {
    struct alz_position start;
    struct alz_position end; /* the byte behind it */
    bool empty;              /* "<x/>": two events come of it */
};

enum alz_repair_state {
    ALZ_REPAIR_SEEK,    /* between documents */
    ALZ_REPAIR_CONTENT, /* in the root */
    ALZ_REPAIR_CDATA,
    ALZ_REPAIR_PASS, /* over a comment or an instruction */
    ALZ_REPAIR_DOCTYPE,
    ALZ_REPAIR_SKIP, /* after damage, until "<?xml" */
    ALZ_REPAIR_OVER  /* the document has ended */
};

struct alz_repair {
    struct alz_bytes base; /* the current document */
    struct alz_bytes *next;
    /* Whether the table of the converter speaks of such an element: what
     * tells a root from chatter. */
    bool (*knows)(void *ctx, struct alz_str name);
    void *knows_ctx;
    bool live;   /* give what is there rather than wait for more */
    bool padded; /* ... and that has been done */

    enum alz_repair_state state;
    enum alz_repair_state after; /* PASS: where to go then */
    const char *until;           /* PASS: what ends it */
    const char *inside;          /* "a comment"; NULL: between tags */
    struct alz_position opened;  /* where that, or the last tag, began */
    bool clean;                  /* nothing but blanks so far: any root does */
    bool declared;               /* a declaration came: the root must follow */
    unsigned char quote;         /* DOCTYPE: 0 or the open one */
    bool subset;                 /* DOCTYPE: between [ and ] */
    size_t depth;
    size_t section; /* CDATA: bytes left in the parser's section; 0: none */
    size_t escapes; /* CDATA: what they cost of late */
    size_t whole;   /* CDATA: up to here it may stand in a section */

    unsigned char *window; /* a NUL stands behind len */
    size_t cap, pos, len;
    size_t legal;  /* text up to here needs no repair */
    size_t wanted; /* a tag is cut: bytes needed to look again */
    size_t counted;
    struct alz_position at; /* of window[counted] */
    uint64_t hole_lines;    /* lines in bytes dropped from a long value */
    bool end;
    bool blank; /* the whole input so far */
    int error;

    char *out;
    size_t out_cap, out_pos, out_len;
    size_t room; /* what the parser still wants in this call */

    struct alz_repair_tag *tags; /* a ring: cap is a power of two */
    size_t tag_cap, tag_first, tag_count;

    uint64_t roots;
    struct alz_repair_damage damage;
    struct alz_repair_count counts[ALZ_REPAIR_KIND_COUNT];
    bool mapped; /* text may hold U+E000+b */
    struct alz_tag tag;
};

void alz_repair_init(struct alz_repair *repair, struct alz_bytes *next);
void alz_repair_done(struct alz_repair *repair);

/* Goes to the next document. DAMAGE: none, but there is damage to tell. */
enum alz_repair_found { ALZ_FOUND_END, ALZ_FOUND_DOCUMENT, ALZ_FOUND_DAMAGE };
enum alz_repair_found alz_repair_open(struct alz_repair *repair);

/* The parser has refused the document: the next one starts at "<?xml". */
void alz_repair_abandon(struct alz_repair *repair);

/* The next tag the parser has not told of yet; NULL when there is none. */
const struct alz_repair_tag *alz_repair_tag(const struct alz_repair *repair);
void alz_repair_tag_done(struct alz_repair *repair);

/* Copies text, turns U+E000+b back into the byte b; returns the bytes. */
size_t alz_repair_restore(char *to, struct alz_str text);

/* ---- between the files of the filter ---------------------------------- */

void alz_repair_put(struct alz_repair *repair, const void *bytes, size_t len);
/* Counts lines up to ptr in the window; makes it repair->at. */
void alz_repair_locate(struct alz_repair *repair, const unsigned char *ptr);
void alz_repair_note(struct alz_repair *repair, enum alz_repair_kind kind,
                     const unsigned char *ptr);
/* Ends the document where repair->at is. */
void alz_repair_damaged(struct alz_repair *repair,
                        enum alz_repair_damage_kind kind, const char *what);
/* Adds at least one byte to the window, or sets end. */
void alz_repair_refill(struct alz_repair *repair);
/* Whether there is something to work on. */
bool alz_repair_ready(struct alz_repair *repair);
bool alz_repair_grow_tags(struct alz_repair *repair);
/* Text or CDATA at pos: puts some of it. False: more bytes are needed. */
bool alz_repair_text(struct alz_repair *repair, unsigned stop);
/* No more of it will come: closes the parser's section. */
void alz_repair_end_text(struct alz_repair *repair);
/* Puts the tag of repair->tag, which starts at ptr. */
void alz_repair_put_tag(struct alz_repair *repair, const unsigned char *ptr);
/* Steps of SEEK, DOCTYPE, PASS and SKIP. False: more bytes are needed. */
bool alz_repair_seek(struct alz_repair *repair);
bool alz_repair_doctype(struct alz_repair *repair);
bool alz_repair_pass(struct alz_repair *repair);
bool alz_repair_skip(struct alz_repair *repair);

/* What the "<" at pos begins. */
enum alz_markup {
    ALZ_MARKUP_START,
    ALZ_MARKUP_END,
    ALZ_MARKUP_CDATA,
    ALZ_MARKUP_COMMENT,
    ALZ_MARKUP_INSTRUCTION,
    ALZ_MARKUP_DECLARATION, /* <?xml ...?> */
    ALZ_MARKUP_DOCTYPE,
    ALZ_MARKUP_NONE,
    ALZ_MARKUP_CUT /* more bytes are needed to tell */
};
enum alz_markup alz_repair_markup(const struct alz_repair *repair);
/* Passes over what stands between the `open` bytes at pos and `until`. */
void alz_repair_enter(struct alz_repair *repair, enum alz_repair_state state,
                      size_t open, const char *until, const char *inside);

#endif
