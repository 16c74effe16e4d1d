/* facts_take.h - what facts.c does at the single places of a document. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_CHECK_FACTS_TAKE_H
#define ALZ_CHECK_FACTS_TAKE_H

#include "check/document_state.h"

/* take: the present value is that of this property (or element). close: the
 * object or array is over. scope is the one that holds the value, or closes. */
typedef void alz_facts_fn(struct alz_document *document,
                          struct alz_scope *scope);

alz_facts_fn alz_take_uuid;
alz_facts_fn alz_take_url;
alz_facts_fn alz_take_test_case_id;
alz_facts_fn alz_take_stop;
alz_facts_fn alz_take_step_name;
alz_facts_fn alz_take_start;
alz_facts_fn alz_take_source;
alz_facts_fn alz_take_regex;
alz_facts_fn alz_take_parameter_value;
alz_facts_fn alz_take_parameter_name;
alz_facts_fn alz_take_name;
alz_facts_fn alz_take_label_value;
alz_facts_fn alz_take_label_name;
alz_facts_fn alz_take_history_id;
alz_facts_fn alz_take_full_name;
alz_facts_fn alz_take_excluded;
alz_facts_fn alz_take_child;
alz_facts_fn alz_close_step;
alz_facts_fn alz_close_result;
alz_facts_fn alz_close_parameter;
alz_facts_fn alz_close_list;
alz_facts_fn alz_close_link;
alz_facts_fn alz_close_label;
alz_facts_fn alz_close_globals;
alz_facts_fn alz_close_children;

#endif
