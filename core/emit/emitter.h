/* emitter.h - turns finished nodes into documents and publishes them. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_EMIT_EMITTER_H
#define ALZ_EMIT_EMITTER_H

#include "record/node.h"

#include <allurize/read.h>

/*
 * Documents and attachments go to a sink. A bundle is what belongs together,
 * in the order in which it must appear: attachments first, the document that
 * names them last. Bundles are made and freed by emit/bundle.h; of one another
 * they may appear in any order until flush. A sink has one producer.
 */
struct alz_file {
    char name[64];
    struct alz_str bytes;    /* of a document; owned by the bundle */
    struct alz_spool *spool; /* of an attachment; moved into the bundle */
};

struct alz_bundle {
    struct alz_file *files;
    size_t count;
};

struct alz_sink;

struct alz_sink_ops {
    /* Takes the bundle over. 0, or -1: the sink has failed (it says why in
     * error, once). May return before the files exist. */
    int (*put)(struct alz_sink *sink, struct alz_bundle *bundle);
    /* All files exist, or the sink has failed. */
    int (*flush)(struct alz_sink *sink);
    void (*free)(struct alz_sink *sink);
};

struct alz_sink {
    const struct alz_sink_ops *ops;
    uint64_t files, bytes; /* published so far (after flush) */
    struct alz_text error; /* "path: reason" of the first failure */
    int error_number;      /* its errno */
};

/* Directory; writers = threads (0: min(cores, 4); with 1 inline). */
struct alz_sink *alz_sink_dir_new(struct alz_outdir *dir, unsigned writers,
                                  bool durable);
/* Nothing is written; counts files and bytes. */
struct alz_sink *alz_sink_null_new(void);

/*
 * Documents of one conversion. A document that breaks its schema is not
 * published and fails that call alone; a sink that has failed fails all. An
 * ATTACHMENT without a source was refused by policy: it is left out.
 */
struct alz_emitter;

struct alz_emitter *alz_emitter_new(struct alz_sink *sink);
/* All return 0, or -1 with a reason in alz_emitter_error. */
int alz_emit_result(struct alz_emitter *emitter, struct alz_node *test);
/* A container for the suite's fixtures and attachments; writes nothing when
 * it has none. Of a suite without results they are said of the run. */
int alz_emit_container(struct alz_emitter *emitter, struct alz_node *suite);
/* An error of the run for "<uuid>-globals.json"; kept until finish. when_ms
 * may be ALZ_TIME_NONE. */
void alz_emit_run_error(struct alz_emitter *emitter, struct alz_str message,
                        int64_t when_ms);
/* A top-level attachment, the same; its bytes are published at once. */
void alz_emit_run_attachment(struct alz_emitter *emitter,
                             struct alz_node *attachment, int64_t when_ms);
/* Writes the globals (under uuid) if there are any, and flushes the sink. */
int alz_emitter_finish(struct alz_emitter *emitter,
                       const struct alz_uuid *globals_uuid);
struct alz_str alz_emitter_error(const struct alz_emitter *emitter);
/* Was the reason that memory ran out? */
bool alz_emitter_no_memory(const struct alz_emitter *emitter);
void alz_emitter_free(struct alz_emitter *emitter);

#endif
